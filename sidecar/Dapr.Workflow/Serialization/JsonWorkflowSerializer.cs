using System.Text.Json;
using Dapr.Common.Serialization;

namespace Dapr.Workflow.Serialization;

/// <summary>JSON with System.Text.Json.</summary>
[Obsolete("Use Dapr.Common.Serialization.JsonDaprSerializer.")]
public sealed class JsonWorkflowSerializer : JsonDaprSerializer, IWorkflowSerializer
{
    /// <summary>With the web defaults.</summary>
    public JsonWorkflowSerializer()
    {
    }

    /// <summary>With <paramref name="options"/>.</summary>
    public JsonWorkflowSerializer(JsonSerializerOptions options)
        : base(options)
    {
    }
}
