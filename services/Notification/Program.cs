using Argosy.Contracts;
using Argosy.Notification;
using Argosy.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddArgosyDefaults(AppIds.Notification);
builder.AddNotification();
var app = builder.Build();
app.MapArgosyDefaults();
app.MapNotification();
app.Run();
