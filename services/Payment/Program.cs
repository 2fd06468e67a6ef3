using Argosy.Contracts;
using Argosy.Payment;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults(AppIds.Payment);
builder.AddPayment();
var app = builder.Build();
app.MapArgosyDefaults();
app.MapPayment();
app.Run();
