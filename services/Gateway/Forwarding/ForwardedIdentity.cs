namespace Argosy.Gateway.Forwarding;

/// <summary>Who a request comes from, as the services are told.</summary>
/// <param name="Customer">Null where the route does not depend on the customer.</param>
/// <param name="IsOperator">The operator key was presented.</param>
internal readonly record struct ForwardedIdentity(string? Customer, bool IsOperator);
