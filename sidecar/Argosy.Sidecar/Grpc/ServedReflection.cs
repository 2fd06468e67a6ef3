using Argosy.Sidecar.Hosting;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Argosy.Sidecar.Grpc;

/// <summary>Server reflection that lists exactly what is served: the SDK asks it which variant of an API to call. The package's descriptor
/// of the Dapr service names every method of daprd, so those not served are taken out of it.</summary>
internal static class ServedReflection
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => new ReflectionServiceImpl(Describe(provider.GetRequiredService<ServedGrpcMethods>().Dapr)));
        services.AddSingleton(provider => new ReflectionV1ServiceImpl(Describe(provider.GetRequiredService<ServedGrpcMethods>().Dapr)));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<ReflectionServiceImpl>();
        routes.MapGrpcService<ReflectionV1ServiceImpl>();
    }

    private static IEnumerable<ServiceDescriptor> Describe(IReadOnlySet<string> served) =>
        BuildingBlocks.All.SelectMany(block => block.GrpcServices)
            .Append(Filter(DaprReflection.Descriptor, served))
            .Append(global::Grpc.Reflection.V1.ServerReflection.Descriptor)
            .Append(global::Grpc.Reflection.V1Alpha.ServerReflection.Descriptor);

    private static ServiceDescriptor Filter(FileDescriptor file, IReadOnlySet<string> served)
    {
        var filtered = file.ToProto();
        foreach (var service in filtered.Service)
        {
            var kept = service.Method.Where(method => served.Contains(method.Name)).ToList();
            service.Method.Clear();
            service.Method.AddRange(kept);
        }
        var files = new List<ByteString>();
        AddDependencies(file, files, []);
        files.Add(filtered.ToByteString());
        return FileDescriptor.BuildFromByteStrings(files)[^1].Services.Single(service => service.FullName == DaprGrpcBinder.ServiceName);
    }

    /// <summary>Dependencies first, as the builder wants them.</summary>
    private static void AddDependencies(FileDescriptor file, List<ByteString> files, HashSet<string> seen)
    {
        foreach (var dependency in file.Dependencies)
        {
            if (!seen.Add(dependency.Name))
                continue;
            AddDependencies(dependency, files, seen);
            files.Add(dependency.SerializedData);
        }
    }
}
