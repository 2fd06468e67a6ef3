using Argosy.PaymentSimulator.Domain;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;

namespace Argosy.PaymentSimulator.Features.Settings;

/// <summary>How the gateway behaves towards payments whose test card leaves it open.</summary>
internal static class SettingsRoutes
{
    private const string Path = "/api/payments/simulator";
    private const int LongestPause = 10 * 60 * 1000;
    private const int LongestWebhookDelay = 24 * 60 * 60 * 1000;
    private const int LongestUrl = 2000;

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (SettingsStore store) => store.Current)
            .RequireOperator()
            .WithName("GetPaymentSimulator").WithSummary("How the stand-in payment gateway behaves").WithTags("Payments");
        routes.MapPut(Path, ReplaceAsync)
            .RequireOperator()
            .WithName("SetPaymentSimulator").WithSummary("Makes the stand-in payment gateway decline, ask, dawdle or lose webhooks; what is left out returns to its default").WithTags("Payments")
            .Produces<SimulatorSettings>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ReplaceAsync(SimulatorSettings settings, SettingsStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation()
            .Require(settings.SlowMilliseconds is >= 0 and <= LongestPause, "slowMilliseconds", $"must be a whole number from 0 to {LongestPause}")
            .Require(settings.TimeOutMilliseconds is >= 0 and <= LongestPause, "timeOutMilliseconds", $"must be a whole number from 0 (the connection ends without an answer) to {LongestPause}")
            .Require(settings.WebhookDelayMilliseconds is >= 0 and <= LongestWebhookDelay, "webhookDelayMilliseconds", $"must be a whole number from 0 to {LongestWebhookDelay}")
            .Require(IsWebAddress(settings.WebhookUrl), "webhookUrl", "must be an absolute http or https address, or null for the shop's own");
        if (validation.Error is { } invalid)
            return invalid.ToProblem();
        await store.ReplaceAsync(settings, cancellationToken);
        return Results.Ok(settings);
    }

    private static bool IsWebAddress(string? url) =>
        url is null || (url.Length <= LongestUrl && Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps));
}
