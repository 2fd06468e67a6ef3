using System.Text.Json;
using Argosy.Contracts;
using Argosy.ServiceDefaults.Persistence;
using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>Subscribes handlers to events. Each stands at <c>/events/&lt;topic&gt;</c> and has the dead-letter topic <c>&lt;topic&gt;-dead</c>.</summary>
public static partial class EventRoutes
{
    /// <summary>Handles an event once: the inbox row and all that the handler changes through the context are committed together, and a
    /// redelivery changes nothing. An exception rolls both back and lets the broker deliver again.</summary>
    public static RouteHandlerBuilder MapEvent<TEvent, TContext>(this IEndpointRouteBuilder routes, Func<TEvent, TContext, CancellationToken, Task> handler)
        where TEvent : IEvent
        where TContext : ArgosyDbContext =>
        routes.MapEvent<TEvent, TContext>((message, context, _, cancellationToken) => handler(message, context, cancellationToken));

    /// <inheritdoc cref="MapEvent{TEvent,TContext}(IEndpointRouteBuilder,Func{TEvent,TContext,CancellationToken,Task})"/>
    public static RouteHandlerBuilder MapEvent<TEvent, TContext>(this IEndpointRouteBuilder routes, Func<TEvent, TContext, EventDelivery, CancellationToken, Task> handler)
        where TEvent : IEvent
        where TContext : ArgosyDbContext =>
        routes.MapEvent<TEvent>((message, delivery, cancellationToken) =>
        {
            var context = delivery.Services.GetRequiredService<TContext>();
            var time = delivery.Services.GetRequiredService<TimeProvider>();
            return Inbox.HandleOnceAsync(context, delivery.Id, TEvent.Topic, time, () => handler(message, context, delivery, cancellationToken), cancellationToken);
        });

    /// <summary>Handles an event at least once, for services without a database: the handler itself must be idempotent.</summary>
    public static RouteHandlerBuilder MapEvent<TEvent>(this IEndpointRouteBuilder routes, Func<TEvent, EventDelivery, CancellationToken, Task> handler)
        where TEvent : IEvent =>
        routes.MapPost($"/events/{TEvent.Topic}", async (HttpContext http, ILogger<EventDelivery> logger) =>
            {
                if (await ReadAsync<TEvent>(http, logger) is not { } received)
                    return EventAnswer.Drop;
                await handler(received.Event, received.Delivery, http.RequestAborted);
                return EventAnswer.Success;
            })
            .WithTopic(new TopicOptions { PubsubName = ComponentNames.PubSub, Name = TEvent.Topic, DeadLetterTopic = $"{TEvent.Topic}-dead" })
            .ExcludeFromDescription();

    private static async Task<(TEvent Event, EventDelivery Delivery)?> ReadAsync<TEvent>(HttpContext http, ILogger logger) where TEvent : IEvent
    {
        try
        {
            var envelope = await JsonSerializer.DeserializeAsync<EventEnvelope>(http.Request.Body, ArgosyJson.Options, http.RequestAborted);
            if (envelope is { Id.Length: > 0 and <= InboxMessageConfiguration.MaximumIdLength, Data.ValueKind: JsonValueKind.Object }
                && envelope.Data.Deserialize<TEvent>(ArgosyJson.Options) is { } message)
                return (message, new EventDelivery(envelope.Id, envelope.Time, http.RequestServices));
            LogDropped(logger, TEvent.Topic, "it has no id or no data");
        }
        catch (JsonException failure)
        {
            LogDropped(logger, TEvent.Topic, failure.Message);
        }
        return null;
    }

    [LoggerMessage(EventId = 32, Level = LogLevel.Error, Message = "A malformed event of {Topic} goes to the dead-letter topic: {Reason}")]
    private static partial void LogDropped(ILogger logger, string topic, string reason);
}
