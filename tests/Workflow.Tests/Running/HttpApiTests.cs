using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Testing;
using Xunit;

namespace Argosy.Workflow.Tests.Running;

/// <summary>The workflow routes of the sidecar's HTTP API.</summary>
public sealed class HttpApiTests : IAsyncLifetime
{
    private readonly WorkflowWorld _world = new();
    private readonly HttpClient _http = new();

    public async ValueTask InitializeAsync()
    {
        await _world.StartAsync();
        _http.BaseAddress = new Uri(_world.Sidecar.HttpEndpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Instance_FromStartToPurge_AnswersAsDaprd()
    {
        using (var started = await PostAsync("/v1.0/workflows/dapr/EventWorkflow/start?instanceID=one", "in"))
        {
            Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
            Assert.Equal("one", (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("instanceID").GetString());
        }
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync("/v1.0/workflows/dapr/one/pause"));
        Assert.Equal("SUSPENDED", (await GetAsync("one")).GetProperty("runtimeStatus").GetString());
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync("/v1.0-beta1/workflows/dapr/one/resume"));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync("/v1.0/workflows/dapr/one/raiseEvent/go", "a"));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync("/v1.0/workflows/dapr/one/raiseEvent/early", "b"));
        await Eventually.HoldsAsync("it completes", async () => (await GetAsync("one")).GetProperty("runtimeStatus").GetString() == "COMPLETED", TimeSpan.FromSeconds(60));

        var state = await GetAsync("one");
        Assert.Equal("EventWorkflow", state.GetProperty("workflowName").GetString());
        Assert.Equal("\"in\"", state.GetProperty("properties").GetProperty("dapr.workflow.input").GetString());
        Assert.Equal("\"a b\"", state.GetProperty("properties").GetProperty("dapr.workflow.output").GetString());
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync("/v1.0/workflows/dapr/one/purge"));
        await AssertErrorAsync(HttpStatusCode.NotFound, "ERR_INSTANCE_ID_NOT_FOUND", () => _http.GetAsync(new Uri("/v1.0/workflows/dapr/one", UriKind.Relative)));
    }

    [Fact]
    public async Task Refusals_HaveDaprsCodes()
    {
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync("/v1.0/workflows/dapr/EventWorkflow/start?instanceID=two", "in"));
        await Eventually.HoldsAsync("it runs", async () => (await GetAsync("two")).GetProperty("runtimeStatus").GetString() == "RUNNING", TimeSpan.FromSeconds(60));
        await AssertErrorAsync(HttpStatusCode.InternalServerError, "ERR_START_WORKFLOW", () => PostAsync("/v1.0/workflows/dapr/EventWorkflow/start?instanceID=two", "other"));
        await AssertErrorAsync(HttpStatusCode.BadRequest, "ERR_INSTANCE_ID_INVALID", () => PostAsync("/v1.0/workflows/dapr/EventWorkflow/start?instanceID=a%20b", "in"));
        await AssertErrorAsync(HttpStatusCode.InternalServerError, "ERR_RAISE_EVENT_WORKFLOW", () => PostAsync("/v1.0/workflows/dapr/nobody/raiseEvent/go"));
        await AssertErrorAsync(HttpStatusCode.InternalServerError, "ERR_PAUSE_WORKFLOW", () => PostAsync("/v1.0/workflows/dapr/nobody/pause"));
        await AssertErrorAsync(HttpStatusCode.InternalServerError, "ERR_RESUME_WORKFLOW", () => PostAsync("/v1.0/workflows/dapr/nobody/resume"));
        await AssertErrorAsync(HttpStatusCode.NotFound, "ERR_INSTANCE_ID_NOT_FOUND", () => PostAsync("/v1.0/workflows/dapr/nobody/terminate"));
        await AssertErrorAsync(HttpStatusCode.NotFound, "ERR_INSTANCE_ID_NOT_FOUND", () => PostAsync("/v1.0/workflows/dapr/nobody/purge"));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync("/v1.0/workflows/dapr/two/terminate"));
        Assert.Equal("TERMINATED", (await GetAsync("two")).GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Metadata_CountsConnectedWorkers()
    {
        await Eventually.HoldsAsync("the worker is counted", async () =>
            (await _http.GetFromJsonAsync<JsonElement>("/v1.0/metadata")).TryGetProperty("workflows", out var workflows)
            && workflows.GetProperty("connectedWorkers").GetInt32() == 1, TimeSpan.FromSeconds(60));
    }

    private Task<HttpResponseMessage> PostAsync(string path, object? body = null) =>
        body is null ? _http.PostAsync(new Uri(path, UriKind.Relative), null) : _http.PostAsJsonAsync(path, body);

    private async Task<HttpStatusCode> StatusAsync(string path, object? body = null)
    {
        using var answer = await PostAsync(path, body);
        return answer.StatusCode;
    }

    private Task<JsonElement> GetAsync(string id) => _http.GetFromJsonAsync<JsonElement>($"/v1.0/workflows/dapr/{id}");

    private static async Task AssertErrorAsync(HttpStatusCode status, string code, Func<Task<HttpResponseMessage>> call)
    {
        using var answer = await call();
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errorCode").GetString());
    }
}
