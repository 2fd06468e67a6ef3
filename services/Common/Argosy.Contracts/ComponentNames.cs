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
}
