using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Cli.Running;

/// <summary>What a running instance tells about itself, in its run file.</summary>
internal sealed record InstanceState(
    ProcessIdentity Supervisor,
    string Url,
    string Profile,
    DateTimeOffset StartedAt,
    InstancePhase Phase,
    IReadOnlyList<ProcessStatus> Processes)
{
    /// <summary>The shell that ends the processes should the supervisor be killed; null where the system does that itself.</summary>
    public ProcessIdentity? Watchdog { get; init; }

    /// <summary>What the instance waits for, or why it gave up.</summary>
    public string? Message { get; init; }

    /// <summary>Seconds from the start until the store answered.</summary>
    public double? ReadyAfterSeconds { get; init; }

    /// <summary>The last state written in a data folder, or null when there is none that can be read.</summary>
    public static InstanceState? Read(DataFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(folder.StateFile), CliJson.Default.InstanceState);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(DataFolder folder) => PrivateFile.Write(folder.StateFile, JsonSerializer.SerializeToUtf8Bytes(this, CliJson.Default.InstanceState));
}

[JsonConverter(typeof(JsonStringEnumConverter<InstancePhase>))]
internal enum InstancePhase
{
    Starting,
    Ready,
    Stopping,
    Failed,
}

/// <summary>One supervised process.</summary>
/// <param name="Service">The service's name, or <c>sidecar</c>.</param>
/// <param name="Process">Null while it is down.</param>
/// <param name="Ports">What it listens on, the app's port first.</param>
/// <param name="Since">When the present process was started.</param>
internal sealed record ProcessStatus(
    string Service,
    int Replica,
    ProcessPhase Phase,
    ProcessIdentity? Process,
    IReadOnlyList<int> Ports,
    int Restarts,
    DateTimeOffset? Since,
    string Log)
{
    /// <summary>How the last process before this one ended.</summary>
    public string? LastExit { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ProcessPhase>))]
internal enum ProcessPhase
{
    Starting,
    Ready,

    /// <summary>Ended by itself; waits for its next start.</summary>
    BackingOff,
    Stopped,
}
