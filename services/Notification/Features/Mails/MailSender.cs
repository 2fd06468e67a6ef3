using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.Notification.Features.Mails;

/// <summary>Keeps mails going out: soon after this process has written notices, and by looking now and then for what is due again or was
/// left behind by another replica.</summary>
internal sealed partial class MailSender(MailDispatch dispatch, NewNotices written, SidecarReadiness sidecar, TimeProvider clock, ILogger<MailSender> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    // Nobody waits for a mail to the second, and many at a time cost little more than one: an order's first mails ask for its contact once.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await sidecar.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await dispatch.SendDueAsync(stoppingToken) == MailDispatch.BatchSize)
                    continue;
                await written.Mails.WaitAsync(LookInterval, stoppingToken);
                await Task.Delay(Gathering, clock, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Ordering or the database may be away for a while; that is no failed attempt of any mail.
                LogFailure(logger, failure);
                await Task.Delay(LookInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 622, Level = LogLevel.Error, Message = "Sending mails failed")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
