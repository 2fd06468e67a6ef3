using Argosy.Basket;
using Argosy.Contracts;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults(AppIds.Basket);
builder.AddBasket();
var app = builder.Build();
app.MapArgosyDefaults().MapBasket();
app.Run();
