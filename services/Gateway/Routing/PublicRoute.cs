namespace Argosy.Gateway.Routing;

/// <summary>Who may call a public route.</summary>
internal enum Access
{
    /// <summary>Anyone; answers are the same for all, carry no cookie and may be cached.</summary>
    Anonymous,

    /// <summary>A guest or customer, known by the signed cookie, which is set on first contact.</summary>
    Guest,

    /// <summary>Whoever presents the operator key.</summary>
    Operator,

    /// <summary>A machine that signs what it sends; the service checks the signature. No cookie is read or set, so none can be ridden.</summary>
    Signed,
}

/// <summary>A route of a service that the outside may call. The path is the same outside and inside.</summary>
internal sealed record PublicRoute(string Method, string Pattern, string AppId, Access Access)
{
    /// <summary>May have a body as large as a product file.</summary>
    public bool IsImport { get; init; }

    public bool IsSafe => HttpMethods.IsGet(Method);
}
