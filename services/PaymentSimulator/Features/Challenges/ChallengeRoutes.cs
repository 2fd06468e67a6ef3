using System.Security.Cryptography;
using System.Text;
using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Features.Events;
using Argosy.PaymentSimulator.Features.Settings;
using Argosy.PaymentSimulator.Features.Webhooks;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.Challenges;

/// <summary>The bank's side of 3-D Secure. Whoever knows the client secret is the customer; everyone else finds nothing.</summary>
internal static class ChallengeRoutes
{
    private const string Path = "/api/payments/challenges/{intentId}";

    public static void MapChallenges(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, GetAsync)
            .WithName("GetPaymentChallenge").WithSummary("What the bank asks the customer").WithTags("Payments")
            .Produces<ChallengeView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost(Path, AnswerAsync)
            .WithName("AnswerPaymentChallenge").WithSummary("The customer's answer to the bank; the first one counts").WithTags("Payments")
            .Produces<ChallengeView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> GetAsync(string intentId, string? secret, SimulatorContext context, CancellationToken cancellationToken) =>
        await FindAsync(intentId, secret, context, cancellationToken) is { } intent ? Results.Ok(ChallengeView.Of(intent)) : NotFound();

    private static async Task<IResult> AnswerAsync(
        string intentId, string? secret, ChallengeAnswer answer, SimulatorContext context, SettingsStore settings, WebhookSignal webhooks, TimeProvider clock, CancellationToken cancellationToken)
    {
        var validation = new Validation().Require(answer.Outcome is not null, "outcome", "must be approve or decline");
        if (validation.Error is { } invalid)
            return invalid.ToProblem();
        return await ConcurrentChange.RetryAsync(context, async () =>
        {
            if (await FindAsync(intentId, secret, context, cancellationToken) is not { } intent)
                return NotFound();
            if (intent.Challenge == ChallengeStatus.Open)
            {
                var origin = new EventOrigin(settings.Current, clock.GetUtcNow());
                if (answer.Outcome == ChallengeOutcome.Approve)
                    intent.Approve(origin.At);
                else
                    intent.DeclineChallenge();
                context.AnnounceOutcome(intent, origin);
                await context.SaveChangesAsync(cancellationToken);
                webhooks.Raise();
            }
            return Results.Ok(ChallengeView.Of(intent));
        });
    }

    private static async Task<PaymentIntent?> FindAsync(string intentId, string? secret, SimulatorContext context, CancellationToken cancellationToken)
    {
        var intent = await context.PaymentIntents.Include(intent => intent.LatestCharge).SingleOrDefaultAsync(intent => intent.Id == intentId, cancellationToken);
        return intent?.Challenge is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret ?? ""), Encoding.UTF8.GetBytes(intent.ClientSecret))
            ? intent
            : null;
    }

    private static IResult NotFound() => DomainError.NotFound("payment challenge").ToProblem();
}

/// <summary>What the customer tells the bank.</summary>
internal enum ChallengeOutcome
{
    Approve,
    Decline,
}

/// <summary>The customer's answer.</summary>
internal sealed record ChallengeAnswer(ChallengeOutcome? Outcome);
