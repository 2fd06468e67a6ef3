using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Argosy.Cli.Benchmarks;
using Argosy.Cli.Commands;
using Argosy.Cli.Running;

namespace Argosy.Cli;

/// <summary>Everything the CLI reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstanceState))]
[JsonSerializable(typeof(InstanceReport))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class CliJson : JsonSerializerContext;
