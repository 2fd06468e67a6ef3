using Argosy.Contracts;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults(AppIds.PaymentSimulator);
var app = builder.Build();
app.MapArgosyDefaults();
app.Run();
