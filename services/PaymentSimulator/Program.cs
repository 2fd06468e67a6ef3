using Argosy.Contracts;
using Argosy.PaymentSimulator;
using Argosy.PaymentSimulator.Stripe;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults(AppIds.PaymentSimulator, defaults => defaults.OpenPaths.Add(StripeRoutes.Prefix));
builder.AddPaymentSimulator();
var app = builder.Build();
app.MapArgosyDefaults();
app.MapPaymentSimulator();
app.Run();
