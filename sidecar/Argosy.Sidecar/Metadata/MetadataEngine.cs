using System.Collections.Concurrent;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;
using Dapr.Client.Autogen.Grpc.v1;

namespace Argosy.Sidecar.Metadata;

/// <summary>Describes a sidecar: its app, components, and what the building blocks add; and keeps the attributes the app sets.</summary>
internal sealed class MetadataEngine(SidecarApp app, AppResources resources, ComponentSet components, IEnumerable<IMetadataSource> sources)
{
    /// <summary>The daprd release whose API this sidecar offers.</summary>
    public const string RuntimeVersion = "1.18.3";

    private readonly ConcurrentDictionary<(VirtualSidecar Sidecar, string Key), string> _attributes = [];

    public void Set(VirtualSidecar sidecar, string key, string value) => _attributes[(sidecar, key)] = value;

    public GetMetadataResponse Describe(VirtualSidecar sidecar)
    {
        var metadata = new GetMetadataResponse
        {
            Id = app.AppId,
            RuntimeVersion = RuntimeVersion,
            ActorRuntime = new ActorRuntime { RuntimeStatus = ActorRuntime.Types.ActorRuntimeStatus.Disabled },
            ExtendedMetadata = { ["daprRuntimeVersion"] = RuntimeVersion },
        };
        metadata.EnabledFeatures.AddRange(resources.Configuration.Features.Where(feature => feature.Value).Select(feature => feature.Key));
        metadata.RegisteredComponents.AddRange(components.All.Select(Describe));
        metadata.HttpEndpoints.AddRange(resources.HttpEndpoints.Select(endpoint => new MetadataHTTPEndpoint { Name = endpoint.Name }));
        if (sidecar.Channel is not null)
        {
            metadata.AppConnectionProperties = new AppConnectionProperties
            {
                Port = sidecar.Ports.AppPort,
                Protocol = app.Settings.AppProtocol,
                ChannelAddress = app.Settings.AppAddress,
                MaxConcurrency = Math.Max(0, app.Settings.AppMaxConcurrency),
            };
        }
        foreach (var (key, value) in _attributes)
        {
            if (key.Sidecar == sidecar)
                metadata.ExtendedMetadata[key.Key] = value;
        }
        foreach (var source in sources)
            source.Describe(metadata, sidecar);
        return metadata;
    }

    private static RegisteredComponents Describe(LoadedComponent component)
    {
        var described = new RegisteredComponents { Name = component.Definition.Name, Type = component.Definition.Type, Version = component.Definition.Version };
        if (component.Instance is IDescribedComponent instance)
            described.Capabilities.AddRange(instance.Capabilities);
        return described;
    }
}
