using System.Globalization;
using System.Text;
using System.Text.Json;
using Argosy.Sidecar.Hosting;
using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>The workflow routes of the HTTP API. The component in the path is of no account, as in daprd.</summary>
internal static class WorkflowRoutes
{
    private const int LongestInstanceId = 64;

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var version in (string[])["v1.0", "v1.0-beta1", "v1.0-alpha1"])
        {
            var workflows = routes.MapGroup($"/{version}/workflows/{{component}}");
            workflows.MapPost("/{name}/start", StartAsync);
            workflows.MapGet("/{instanceId}", GetAsync);
            workflows.MapPost("/{instanceId}/raiseEvent/{eventName}", RaiseEventAsync);
            workflows.MapPost("/{instanceId}/pause", PauseAsync);
            workflows.MapPost("/{instanceId}/resume", ResumeAsync);
            workflows.MapPost("/{instanceId}/terminate", TerminateAsync);
            workflows.MapPost("/{instanceId}/purge", PurgeAsync);
        }
    }

    private static async Task StartAsync(HttpContext context, string name)
    {
        var instanceId = context.Request.Query["instanceID"].ToString();
        if (instanceId.Length == 0)
            instanceId = Guid.NewGuid().ToString();
        if (instanceId.Length > LongestInstanceId || instanceId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            throw WorkflowErrors.InvalidInstanceId(instanceId);
        var request = new CreateInstanceRequest { Name = name, InstanceId = instanceId, Input = await ReadBodyAsync(context) };
        await Operations(context).StartAsync(request, waitForStart: false, context.RequestAborted);
        await WriteAsync(context, StatusCodes.Status202Accepted, json => json.WriteString("instanceID", instanceId));
    }

    private static async Task GetAsync(HttpContext context, string instanceId)
    {
        var response = (await Operations(context).GetAsync(instanceId, context.RequestAborted)).ToResponse(withData: true);
        if (!response.Exists)
            throw WorkflowErrors.NotFound(instanceId);
        await WriteAsync(context, StatusCodes.Status200OK, json => WriteState(json, response.WorkflowState));
    }

    private static async Task RaiseEventAsync(HttpContext context, string instanceId, string eventName)
    {
        var input = await ReadBodyAsync(context);
        await AcceptAsync(context, await Operations(context).RaiseEventAsync(instanceId, eventName, input, context.RequestAborted), instanceId, "ERR_RAISE_EVENT_WORKFLOW");
    }

    private static async Task PauseAsync(HttpContext context, string instanceId) =>
        await AcceptAsync(context, await Operations(context).SuspendAsync(instanceId, null, context.RequestAborted), instanceId, "ERR_PAUSE_WORKFLOW");

    private static async Task ResumeAsync(HttpContext context, string instanceId) =>
        await AcceptAsync(context, await Operations(context).ResumeAsync(instanceId, null, context.RequestAborted), instanceId, "ERR_RESUME_WORKFLOW");

    private static async Task TerminateAsync(HttpContext context, string instanceId)
    {
        var recursive = !bool.TryParse(context.Request.Query["non_recursive"], out var single) || !single;
        if (!await Operations(context).TerminateAsync(instanceId, null, recursive, context.RequestAborted))
            throw WorkflowErrors.NotFound(instanceId);
        await WriteAsync(context, StatusCodes.Status202Accepted, _ => { });
    }

    private static async Task PurgeAsync(HttpContext context, string instanceId)
    {
        var recursive = !bool.TryParse(context.Request.Query["non_recursive"], out var single) || !single;
        if (await Operations(context).PurgeAsync(instanceId, recursive, force: false, context.RequestAborted) == 0)
            throw WorkflowErrors.NotFound(instanceId);
        await WriteAsync(context, StatusCodes.Status202Accepted, _ => { });
    }

    private static Task AcceptAsync(HttpContext context, bool exists, string instanceId, string errorCode) =>
        exists
            ? WriteAsync(context, StatusCodes.Status202Accepted, _ => { })
            : throw WorkflowErrors.NotFound(instanceId, errorCode, StatusCodes.Status500InternalServerError);

    private static void WriteState(Utf8JsonWriter json, WorkflowState state)
    {
        json.WriteString("instanceID", state.InstanceId);
        json.WriteString("workflowName", state.Name);
        json.WriteString("createdAt", Time(state.CreatedTimestamp));
        json.WriteString("lastUpdatedAt", Time(state.LastUpdatedTimestamp));
        json.WriteString("runtimeStatus", Status(state.WorkflowStatus));
        json.WriteStartObject("properties");
        WriteProperty(json, "dapr.workflow.input", state.Input);
        WriteProperty(json, "dapr.workflow.output", state.Output);
        WriteProperty(json, "dapr.workflow.custom_status", state.CustomStatus);
        WriteProperty(json, "dapr.workflow.failure.error_type", state.FailureDetails?.ErrorType);
        WriteProperty(json, "dapr.workflow.failure.error_message", state.FailureDetails?.ErrorMessage);
        WriteProperty(json, "dapr.workflow.failure.stack_trace", state.FailureDetails?.StackTrace);
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }

    private static string Time(Google.Protobuf.WellKnownTypes.Timestamp time) => time.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Status(OrchestrationStatus status) => status switch
    {
        OrchestrationStatus.Running => "RUNNING",
        OrchestrationStatus.Completed => "COMPLETED",
        OrchestrationStatus.ContinuedAsNew => "CONTINUED_AS_NEW",
        OrchestrationStatus.Failed => "FAILED",
        OrchestrationStatus.Canceled => "CANCELED",
        OrchestrationStatus.Terminated => "TERMINATED",
        OrchestrationStatus.Pending => "PENDING",
        OrchestrationStatus.Suspended => "SUSPENDED",
        _ => "UNKNOWN",
    };

    private static async Task<string?> ReadBodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        return body.Length == 0 ? null : body;
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static WorkflowOperations Operations(HttpContext context) => context.GetSidecar().App.Engine<WorkflowOperations>();
}
