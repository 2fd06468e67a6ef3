using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Features.Webhooks;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>Executes a call once for each idempotency key. The answer is stored in the same transaction as the effect, so that no crash can
/// part them: a repetition finds both or neither.</summary>
internal sealed class IdempotentCalls(KeysInUse keys, SimulatorContext context, WebhookSignal webhooks)
{
    public async Task<StripeAnswer> RunAsync(StripeRequest request, string path, StripeHandler handler, CancellationToken cancellationToken)
    {
        if (request.Origin.IdempotencyKey is not { } key)
            return await ExecuteAsync(request, path, handler, cancellationToken);
        using var turn = keys.Take(key);
        return await FindAsync(key, request, path, cancellationToken) ?? await ExecuteAsync(request, path, handler, cancellationToken);
    }

    private async Task<StripeAnswer> ExecuteAsync(StripeRequest request, string path, StripeHandler handler, CancellationToken cancellationToken)
    {
        try
        {
            return await ConcurrentChange.RetryAsync(context, async () =>
            {
                var answer = await handler(request, cancellationToken);
                Keep(answer, request, path);
                await context.SaveChangesAsync(cancellationToken);
                webhooks.Raise();
                return answer;
            });
        }
        catch (DbUpdateConcurrencyException)
        {
            throw StripeErrors.LockTimeout();
        }
        catch (DbUpdateException) when (request.Origin.IdempotencyKey is not null)
        {
            // A twin of the call in another replica was faster: nothing of this one was stored.
            context.ChangeTracker.Clear();
            if (await FindAsync(request.Origin.IdempotencyKey, request, path, cancellationToken) is { } answer)
                return answer;
            throw;
        }
    }

    private void Keep(StripeAnswer answer, StripeRequest request, string path)
    {
        if (request.Origin is not { IdempotencyKey: { } key, RequestId: { } requestId })
            return;
        context.Add(new IdempotentCall
        {
            Key = key,
            Path = path,
            Fingerprint = request.Parameters.Fingerprint,
            Status = answer.Status,
            Body = answer.Body,
            RequestId = requestId,
            CreatedAt = request.Origin.At,
        });
    }

    private async Task<StripeAnswer?> FindAsync(string key, StripeRequest request, string path, CancellationToken cancellationToken)
    {
        if (await context.IdempotentCalls.AsNoTracking().SingleOrDefaultAsync(call => call.Key == key, cancellationToken) is not { } earlier)
            return null;
        if (earlier.Path != path)
            throw StripeErrors.OtherEndpoint(key, path, earlier.Path);
        return earlier.Fingerprint == request.Parameters.Fingerprint
            ? new StripeAnswer(earlier.Status, earlier.Body) { OriginalRequest = earlier.RequestId }
            : throw StripeErrors.OtherParameters(key);
    }
}
