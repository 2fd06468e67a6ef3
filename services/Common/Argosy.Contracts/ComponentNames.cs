namespace Argosy.Contracts;

/// <summary>Names of the Dapr components. Every profile under <c>components/</c> defines the same ones.</summary>
public static class ComponentNames
{
    /// <summary>Key/value state, also the actor and workflow store.</summary>
    public const string StateStore = "statestore";

    /// <summary>The event broker.</summary>
    public const string PubSub = "pubsub";

    /// <summary>Connection strings and keys.</summary>
    public const string SecretStore = "secretstore";

    /// <summary>Settings that change while services run.</summary>
    public const string Configuration = "configstore";

    /// <summary>Distributed locks.</summary>
    public const string LockStore = "lockstore";

    /// <summary>The output binding that sends e-mail.</summary>
    public const string Email = "email";

    /// <summary>The HTTPEndpoint that is the payment gateway, Stripe or a stand-in that speaks its API.</summary>
    public const string PaymentGateway = "psp";
}
