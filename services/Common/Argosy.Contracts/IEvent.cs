namespace Argosy.Contracts;

/// <summary>A fact published on the pub/sub component, one topic per event type. Events only ever gain optional fields.</summary>
public interface IEvent
{
    /// <summary>The topic, kebab-case; also the CloudEvents type.</summary>
    static abstract string Topic { get; }
}
