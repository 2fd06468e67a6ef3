namespace Argosy.Sidecar.PubSub;

/// <summary>A message as a component stores it.</summary>
/// <param name="Data">The envelope, or the publisher's own bytes.</param>
/// <param name="Metadata">The publisher's request metadata; it reaches subscribers as headers.</param>
/// <param name="TimeToLive">Null: does not expire. Only components with <see cref="PubSubFeatures.MessageTtl"/> look at it.</param>
internal sealed record OutgoingMessage(ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata, TimeSpan? TimeToLive = null);

/// <summary>A message as a component hands it over.</summary>
/// <param name="IsLastAttempt">The component will not, or should not, deliver it again: the time for a dead-letter topic.</param>
internal sealed record IncomingMessage(string Topic, ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata, bool IsLastAttempt);

/// <summary>A message of a bulk publish that the component did not take.</summary>
internal sealed record PublishFailure(int Index, string Reason);
