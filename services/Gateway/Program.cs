using Argosy.Contracts;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults(AppIds.Gateway, options => options.PublicFacing = true);
var app = builder.Build();
app.MapArgosyDefaults();
app.Run();
