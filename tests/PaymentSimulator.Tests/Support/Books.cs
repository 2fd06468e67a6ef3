using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Argosy.PaymentSimulator.Infrastructure.Persistence.Sqlite;
using Argosy.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.PaymentSimulator.Tests.Support;

/// <summary>The gateway's database on SQLite without the service around it, for what takes days.</summary>
internal sealed class Books : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services;

    private Books()
    {
        var options = new DbContextOptionsBuilder<SqliteSimulatorContext>().UseSqlite($"Data Source={_folder.File("books.db")};Pooling=False").Options;
        _services = new ServiceCollection().AddScoped<SimulatorContext>(_ => new SqliteSimulatorContext(options)).BuildServiceProvider();
    }

    public IServiceScopeFactory Scopes => _services.GetRequiredService<IServiceScopeFactory>();

    public static async Task<Books> OpenAsync()
    {
        var books = new Books();
        await books.WithAsync(context => context.Database.MigrateAsync());
        return books;
    }

    public static SimulatorEvent NewEvent(string intentId, DateTimeOffset createdAt, DateTimeOffset? dueAt) => new()
    {
        Id = StripeIds.Event(),
        PaymentIntentId = intentId,
        Type = "payment_intent.succeeded",
        Body = "{}",
        CreatedAt = createdAt,
        DueAt = dueAt,
        Copies = 1,
    };

    public Task AddAsync(params object[] rows) => WithAsync(async context =>
    {
        context.AddRange(rows);
        await context.SaveChangesAsync();
    });

    public Task WithAsync(Func<SimulatorContext, Task> use) => WithAsync(async context =>
    {
        await use(context);
        return true;
    });

    public async Task<T> WithAsync<T>(Func<SimulatorContext, Task<T>> use)
    {
        await using var scope = _services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<SimulatorContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
