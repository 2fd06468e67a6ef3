using Argosy.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Gateway.Forwarding;

/// <summary>What clients are told when a service or the way to it fails: enough to act on, nothing of the inside.</summary>
internal static class UpstreamProblems
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(2);

    private static readonly DomainError Unavailable = new("service-unavailable", "This part of the shop does not answer at the moment.", StatusCodes.Status503ServiceUnavailable) { RetryAfter = SoonAgain };
    private static readonly DomainError TimedOut = new("upstream-timeout", "This part of the shop took too long to answer.", StatusCodes.Status504GatewayTimeout) { RetryAfter = SoonAgain };
    private static readonly DomainError BadGateway = new("bad-upstream", "This part of the shop did not answer properly.", StatusCodes.Status502BadGateway) { RetryAfter = SoonAgain };
    private static readonly DomainError BadBody = new("invalid-request", "The request body could not be read.", StatusCodes.Status400BadRequest);
    private static readonly DomainError TooLarge = new("payload-too-large", "The request body is larger than this route allows.", StatusCodes.Status413PayloadTooLarge);

    /// <summary>An error status that no service of ours wrote.</summary>
    public static DomainError Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => BadGateway,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status504GatewayTimeout => TimedOut,
        >= StatusCodes.Status500InternalServerError => Unavailable,
        _ => new("invalid-request", "The request is not valid.", status),
    };

    /// <summary>No answer at all.</summary>
    public static DomainError Of(ForwarderError error, Exception? exception) => error switch
    {
        _ when IsTooLarge(exception) => TooLarge,
        ForwarderError.RequestTimedOut => TimedOut,
        ForwarderError.RequestBodyClient => BadBody,
        ForwarderError.Request or ForwarderError.NoAvailableDestinations => Unavailable,
        _ => BadGateway,
    };

    // Sending and receiving run at once, so the reason may come together with its consequence.
    private static bool IsTooLarge(Exception? exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode == StatusCodes.Status413PayloadTooLarge,
        AggregateException several => several.InnerExceptions.Any(IsTooLarge),
        not null => IsTooLarge(exception.InnerException),
        null => false,
    };
}
