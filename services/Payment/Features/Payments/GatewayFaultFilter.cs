using Argosy.Payment.Infrastructure.Gateway;

namespace Argosy.Payment.Features.Payments;

/// <summary>Answers 503 where the gateway told nothing of the payment: whoever asked may ask again.</summary>
internal sealed class GatewayFaultFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (GatewayException failure)
        {
            return failure.Error.ToProblem();
        }
    }
}
