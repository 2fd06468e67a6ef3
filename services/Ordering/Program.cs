using Argosy.Ordering;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults("ordering");
builder.AddOrdering();
var app = builder.Build();
app.MapArgosyDefaults();
app.MapOrdering();
app.Run();
