using System.Text.Json.Serialization;
using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

/// <summary>The JSON kept in columns.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(PaymentFailure))]
[JsonSerializable(typeof(SimulatorSettings))]
internal sealed partial class SimulatorJson : JsonSerializerContext;
