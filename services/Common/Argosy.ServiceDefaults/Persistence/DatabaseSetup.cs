using Argosy.ServiceDefaults.Health;
using Argosy.ServiceDefaults.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Argosy.ServiceDefaults.Persistence;

/// <summary>Gives a service its database.</summary>
public static class DatabaseSetup
{
    /// <summary>Adds the context <typeparamref name="TContext"/> (scoped, pooled) with migrations at start, outbox and inbox.</summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="secret">Name of the secret that holds the connection string, <c>sqlite:FILE</c> or <c>postgres://…</c>.</param>
    /// <typeparam name="TContext">What the service uses.</typeparam>
    /// <typeparam name="TSqlite">The same with the migrations for SQLite.</typeparam>
    /// <typeparam name="TPostgres">The same with the migrations for PostgreSQL.</typeparam>
    public static WebApplicationBuilder AddArgosyDbContext<TContext, TSqlite, TPostgres>(this WebApplicationBuilder builder, string secret)
        where TContext : ArgosyDbContext
        where TSqlite : TContext
        where TPostgres : TContext
    {
        var services = builder.Services;
        services.AddSingleton(new DatabaseSecret<TContext>(secret));
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IServiceDatabase<TContext>, ServiceDatabase<TContext, TSqlite, TPostgres>>();
        services.AddScoped(provider => provider.GetRequiredService<IServiceDatabase<TContext>>().CreateContext());
        services.AddHostedService<DatabaseStartup<TContext>>();
        services.AddSingleton<OutboxMetrics>();
        services.TryAddSingleton<IEventBroker, SidecarEventBroker>();
        services.AddHostedService<OutboxPublisher<TContext>>();
        services.AddHostedService<InboxCleaner<TContext>>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck<TContext>>("database", tags: [HealthSetup.ReadyTag]);
        return builder;
    }
}
