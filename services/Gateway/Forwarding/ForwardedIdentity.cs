namespace Argosy.Gateway.Forwarding;

/// <summary>Who a request comes from, as the services are told.</summary>
/// <param name="Customer">Null where the route does not depend on the customer.</param>
/// <param name="IsOperator">The operator key was presented.</param>
/// <param name="Origin">The shop's own origin as the browser sees it; null where the route does not depend on the customer.</param>
internal readonly record struct ForwardedIdentity(string? Customer, bool IsOperator, string? Origin = null);
