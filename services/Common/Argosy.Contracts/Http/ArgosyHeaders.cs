namespace Argosy.Contracts.Http;

/// <summary>Headers between the gateway and the services. The gateway removes them from what clients send.</summary>
public static class ArgosyHeaders
{
    /// <summary>Who is served: the customer's or guest's id, set by the gateway from its signed cookie.</summary>
    public const string Customer = "X-Argosy-Customer";

    /// <summary>Set to <c>operator</c> by the gateway for requests that proved to come from one.</summary>
    public const string Role = "X-Argosy-Role";

    /// <summary>The shop's own origin as the browser sees it (<c>https://shop.example</c>), set by the gateway: where redirects come back to.</summary>
    public const string Origin = "X-Argosy-Origin";

    /// <summary>Cookie sessions must send it as <c>1</c> with every unsafe method (cross-site request forgery).</summary>
    public const string Csrf = "X-Argosy-CSRF";

    /// <summary>Makes an unsafe request safe to repeat.</summary>
    public const string IdempotencyKey = "Idempotency-Key";
}
