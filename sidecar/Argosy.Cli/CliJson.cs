using System.Text.Json.Serialization;
using Argosy.Cli.Commands;
using Argosy.Cli.Running;
using Argosy.Sidecar.Hosting;

namespace Argosy.Cli;

/// <summary>Everything the CLI reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstanceState))]
[JsonSerializable(typeof(InstanceReport))]
[JsonSerializable(typeof(Topology))]
internal sealed partial class CliJson : JsonSerializerContext;
