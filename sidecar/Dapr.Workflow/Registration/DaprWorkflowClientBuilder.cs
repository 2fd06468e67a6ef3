using System.Text.Json;
using Dapr.Common;
using Dapr.Common.Serialization;
using Dapr.Workflow.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Workflow.Registration;

/// <summary>Makes workflow clients, with or without a container.</summary>
public sealed class DaprWorkflowClientBuilder(IConfiguration? configuration = null) : DaprGenericClientBuilder<DaprWorkflowClient>(configuration)
{
    private Func<IServiceProvider?, IDaprSerializer>? _serializer;
    private IServiceProvider? _services;

    /// <summary>Uses <paramref name="serializer"/> instead of JSON with the web defaults.</summary>
    public DaprWorkflowClientBuilder UseSerializer(IDaprSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        _serializer = _ => serializer;
        return this;
    }

    /// <summary>Uses a serializer made from the container; it has no effect on a client built without one.</summary>
    public DaprWorkflowClientBuilder UseSerializer(Func<IServiceProvider, IWorkflowSerializer> serializerFactory)
    {
        ArgumentNullException.ThrowIfNull(serializerFactory);
        _serializer = services => services is null ? new JsonDaprSerializer() : serializerFactory(services);
        return this;
    }

    /// <summary>Uses JSON with these options.</summary>
    public DaprWorkflowClientBuilder UseJsonSerializer(JsonSerializerOptions jsonOptions)
    {
        ArgumentNullException.ThrowIfNull(jsonOptions);
        return UseSerializer(new JsonDaprSerializer(jsonOptions));
    }

    /// <inheritdoc />
    public override DaprWorkflowClient Build()
    {
        var serializer = _serializer?.Invoke(_services) ?? _services?.GetService<IDaprSerializer>() ?? new JsonDaprSerializer();
        if (_services?.GetService<SidecarConnection>() is { } shared)
            return new DaprWorkflowClient(shared, serializer, ownsConnection: false);
        var (channel, _, _, apiToken) = BuildDaprClientDependencies(typeof(DaprWorkflowClient).Assembly);
        return new DaprWorkflowClient(new SidecarConnection(channel, apiToken), serializer, ownsConnection: true);
    }

    internal DaprWorkflowClientBuilder UseServices(IServiceProvider services)
    {
        _services = services;
        return this;
    }
}
