using System.Data.Common;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>Forgets handled events once no broker will deliver them again.</summary>
internal sealed partial class InboxCleaner<TContext>(IServiceDatabase<TContext> database, TimeProvider time, ILogger<InboxCleaner<TContext>> logger) : BackgroundService
    where TContext : ArgosyDbContext
{
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (DbException failure)
            {
                LogFailure(logger, failure.Message);
            }
        }
    }

    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        var oldest = (time.GetUtcNow() - Retention).ToUnixTimeMilliseconds();
        await using var context = database.CreateContext();
        await context.Inbox.Where(message => message.ReceivedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "The inbox was not cleaned: {Reason}")]
    private static partial void LogFailure(ILogger logger, string reason);
}
