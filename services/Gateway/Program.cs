using Argosy.Contracts;
using Argosy.Gateway;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults(AppIds.Gateway, options => options.PublicFacing = true);
builder.AddGateway();
var app = builder.Build();
app.UseGateway();
app.MapArgosyDefaults();
app.MapGateway();
app.Run();
