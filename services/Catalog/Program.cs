using Argosy.Catalog;
using Argosy.Contracts;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults(AppIds.Catalog);
builder.AddCatalog();
var app = builder.Build();
app.MapArgosyDefaults().MapCatalog();
app.Run();
