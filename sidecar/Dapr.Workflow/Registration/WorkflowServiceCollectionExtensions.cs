using System.Text.Json;
using Dapr.Common.Serialization;
using Dapr.Workflow.Registration;
using Dapr.Workflow.Serialization;
using Dapr.Workflow.Worker;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dapr.Workflow;

/// <summary>Adds workflows to an app.</summary>
public static class WorkflowServiceCollectionExtensions
{
    /// <summary>Adds the workflow client and a worker without workflows of its own.</summary>
    public static IServiceCollection AddDaprWorkflow(this IServiceCollection services) => services.AddDaprWorkflow(_ => { });

    /// <summary>Adds the workflow client, and a worker for the workflows and activities that <paramref name="configure"/> registers.</summary>
    /// <param name="lifetime">Of the client; the worker lives as long as the app.</param>
    public static IServiceCollection AddDaprWorkflow(
        this IServiceCollection services, Action<WorkflowRuntimeOptions> configure, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddDaprWorkflowBuilder(configure, null, lifetime).Services;
    }

    /// <summary>As <see cref="AddDaprWorkflow(IServiceCollection, Action{WorkflowRuntimeOptions}, ServiceLifetime)"/>, with more to configure.</summary>
    public static DaprWorkflowBuilder AddDaprWorkflowBuilder(
        this IServiceCollection services,
        Action<WorkflowRuntimeOptions>? configureRuntime,
        Action<IServiceProvider, DaprWorkflowClientBuilder>? configureClient = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!Enum.IsDefined(lifetime))
            throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, "not a service lifetime");

        var options = new WorkflowRuntimeOptions();
        configureRuntime?.Invoke(options);
        services.AddSingleton(options);
        services.TryAddSingleton<IDaprSerializer>(provider => provider.GetService<IWorkflowSerializer>() ?? (IDaprSerializer)new JsonDaprSerializer());
        services.TryAddSingleton<IWorkflowsFactory, WorkflowRegistry>();
        services.TryAddSingleton(Connect);
        services.TryAddSingleton<TurnRunner>();
        services.TryAddSingleton<ActivityRunner>();
        services.AddHostedService<WorkflowWorker>();
        services.Add(new ServiceDescriptor(typeof(DaprWorkflowClient), provider => BuildClient(provider, configureClient), lifetime));
        return new DaprWorkflowBuilder(services);
    }

    private static DaprWorkflowClient BuildClient(IServiceProvider provider, Action<IServiceProvider, DaprWorkflowClientBuilder>? configure)
    {
        var builder = new DaprWorkflowClientBuilder(provider.GetService<IConfiguration>()).UseServices(provider);
        configure?.Invoke(provider, builder);
        return builder.Build();
    }

    private static SidecarConnection Connect(IServiceProvider provider)
    {
        var configuration = provider.GetService<IConfiguration>();
        var limits = provider.GetService<MessageSizeLimits>()?.Options
            ?? provider.GetServices<WorkflowRuntimeOptions>().Select(options => options.GrpcChannelOptions).LastOrDefault(options => options is not null);
        return SidecarConnection.Open(DaprDefaults.GetDefaultGrpcEndpoint(configuration), DaprDefaults.GetDefaultDaprApiToken(configuration), limits);
    }

    /// <summary>What <see cref="DaprWorkflowBuilder.WithGrpcMessageSizeLimits"/> sets.</summary>
    private sealed record MessageSizeLimits(GrpcChannelOptions Options);

    /// <summary>Goes on configuring workflows.</summary>
    public readonly struct DaprWorkflowBuilder : IDaprWorkflowBuilder
    {
        internal DaprWorkflowBuilder(IServiceCollection services) => Services = services;

        /// <inheritdoc />
        public IServiceCollection Services { get; }

        /// <summary>Uses <paramref name="serializer"/> instead of JSON with the web defaults.</summary>
        public DaprWorkflowBuilder WithSerializer(IDaprSerializer serializer)
        {
            ArgumentNullException.ThrowIfNull(serializer);
            Services.Replace(ServiceDescriptor.Singleton(serializer));
            return this;
        }

        /// <summary>Uses a serializer made from the container.</summary>
        public DaprWorkflowBuilder WithSerializer(Func<IServiceProvider, IWorkflowSerializer> serializerFactory)
        {
            ArgumentNullException.ThrowIfNull(serializerFactory);
            Services.Replace(ServiceDescriptor.Singleton<IDaprSerializer>(serializerFactory));
            return this;
        }

        /// <summary>Uses JSON with these options.</summary>
        public DaprWorkflowBuilder WithJsonSerializer(JsonSerializerOptions jsonOptions)
        {
            ArgumentNullException.ThrowIfNull(jsonOptions);
            return WithSerializer(new JsonDaprSerializer(jsonOptions));
        }

        /// <summary>Limits messages to and from the sidecar; null leaves a limit as it is.</summary>
        public DaprWorkflowBuilder WithGrpcMessageSizeLimits(int? maxReceiveMessageSize = null, int? maxSendMessageSize = null)
        {
            if (maxReceiveMessageSize is { } receive)
                ArgumentOutOfRangeException.ThrowIfLessThan(receive, 1, nameof(maxReceiveMessageSize));
            if (maxSendMessageSize is { } send)
                ArgumentOutOfRangeException.ThrowIfLessThan(send, 1, nameof(maxSendMessageSize));
            if (maxReceiveMessageSize is not null || maxSendMessageSize is not null)
                Services.Replace(ServiceDescriptor.Singleton(new MessageSizeLimits(new GrpcChannelOptions { MaxReceiveMessageSize = maxReceiveMessageSize, MaxSendMessageSize = maxSendMessageSize })));
            return this;
        }
    }
}
