using Argosy.Inventory;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults("inventory");
builder.AddInventory();
var app = builder.Build();
app.MapArgosyDefaults();
app.MapInventory();
app.Run();
