namespace Argosy.ServiceDefaults.Persistence;

/// <summary>The service's database, whatever its provider.</summary>
internal interface IServiceDatabase<out TContext> where TContext : ArgosyDbContext
{
    /// <summary>Null until <see cref="Connect"/>.</summary>
    DatabaseAddress? Address { get; }

    void Connect(DatabaseAddress address);

    /// <summary>A context of the caller's own, to be disposed.</summary>
    TContext CreateContext();
}
