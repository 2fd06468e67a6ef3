using System.Net;
using System.Text;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

/// <summary><c>bindings.http</c> and what all output bindings share, over HTTP and through the official SDK.</summary>
public sealed class HttpBindingTests(BindingApiFixture fixture) : IClassFixture<BindingApiFixture>
{
    private readonly string _path = Guid.NewGuid().ToString("n");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invoke_Post_SendsDataAndHeaders()
    {
        using var answer = await fixture.InvokeAsync("http", $$$"""
            {"operation":"post","data":{"b":1,"a":"x"},"metadata":{"path":"/{{{_path}}}","X-Order":"42","lower":"stays","Content-Type":"application/vnd.test+json"}}
            """);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("200", answer.Headers.GetValues("metadata.statusCode").Single());
        Assert.Equal("200 OK", answer.Headers.GetValues("metadata.status").Single());
        var call = Call();
        Assert.Equal(("POST", """{"a":"x","b":1}""", "42", "application/vnd.test+json"), (call.Method, call.Body, call.Headers["X-Order"], call.Headers["Content-Type"]));
        Assert.False(call.Headers.ContainsKey("lower"));
    }

    [Theory]
    [InlineData("create", "POST", "\"text\"")]
    [InlineData("put", "PUT", "\"text\"")]
    [InlineData("patch", "PATCH", "\"text\"")]
    [InlineData("get", "GET", "")]
    [InlineData("delete", "DELETE", "")]
    [InlineData("head", "HEAD", "")]
    [InlineData("options", "OPTIONS", "")]
    public async Task Invoke_Operation_IsTheMethod(string operation, string method, string body)
    {
        using var answer = await fixture.InvokeAsync("http", operation, "text", ("path", _path));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((method, body), (Call().Method, Call().Body));
    }

    [Fact]
    public async Task Invoke_NoData_SendsNull()
    {
        using var answer = await fixture.InvokeAsync("http", $$$"""{"operation":"post","metadata":{"path":"{{{_path}}}"}}""");
        Assert.Equal("null", Call().Body);
    }

    [Fact]
    public async Task Invoke_Not2xx_Is500WithTheMetadata()
    {
        using var answer = await fixture.InvokeAsync("http", "get", null, ("path", $"{_path}/404"));

        Assert.Equal("404", answer.Headers.GetValues("metadata.statusCode").Single());
        Assert.Equal((500, "ERR_INVOKE_OUTPUT_BINDING", "error invoking output binding http: received status code 404"), await BindingApiFixture.ErrorAsync(answer));
    }

    [Theory]
    [InlineData("lenient", "")]
    [InlineData("http", "false")]
    public async Task Invoke_Not2xxAllowed_Is200(string binding, string wish)
    {
        using var answer = await fixture.InvokeAsync(binding, "get", null, [("path", $"{_path}/404"), .. wish.Length > 0 ? [("errorIfNot2XX", wish)] : Array.Empty<(string, string)>()]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("404", answer.Headers.GetValues("metadata.statusCode").Single());
    }

    [Fact]
    public async Task Invoke_SecurityToken_IsSentAndTraceGoesOn()
    {
        const string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/bindings/lenient") { Content = new StringContent($$$"""{"operation":"get","metadata":{"path":"{{{_path}}}"}}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", trace);
        using var answer = await fixture.Http.SendAsync(request, Cancelled);

        Assert.Equal(("s3cret", trace), (Call().Headers["X-Token"], Call().Headers["traceparent"]));
    }

    [Theory]
    [InlineData("none", """{"operation":"get"}""", "couldn't find output binding none")]
    [InlineData("input-only", """{"operation":"get"}""", "couldn't find output binding input-only")]
    [InlineData("http", "{}", "operation field is missing")]
    [InlineData("http", """{"operation":"dance"}""", "does not support operation dance")]
    [InlineData("http", """{"operation":"get","metadata":{"path":"/../admin"}}""", "invalid path")]
    [InlineData("silent", """{"operation":"get"}""", "refused")]
    public async Task Invoke_Impossible_Is500(string binding, string body, string reason)
    {
        using var answer = await fixture.InvokeAsync(binding, body);

        var (status, code, message) = await BindingApiFixture.ErrorAsync(answer);
        Assert.Equal((500, "ERR_INVOKE_OUTPUT_BINDING"), (status, code));
        Assert.Contains(reason, message);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"operation":"get","metadata":{"path":5}}""")]
    public async Task Invoke_MalformedBody_Is400(string body)
    {
        using var answer = await fixture.InvokeAsync("http", body);
        Assert.Equal((400, "ERR_MALFORMED_REQUEST"), ((int)answer.StatusCode, (await BindingApiFixture.ErrorAsync(answer)).Code));
    }

    [Fact]
    public async Task Sdk_Invoke_ReturnsDataAndMetadata()
    {
        var answer = await fixture.Dapr.InvokeBindingAsync(new BindingRequest("http", "post") { Data = "raw bytes"u8.ToArray(), Metadata = { ["path"] = _path } }, Cancelled);

        Assert.Equal("200", answer.Metadata["statusCode"]);
        Assert.Equal("raw bytes", Call().Body);
    }

    [Fact]
    public async Task Sdk_InvokeFails_IsInternalWithTheMetadata()
    {
        var failure = await Assert.ThrowsAsync<DaprException>(() => fixture.Dapr.InvokeBindingAsync(new BindingRequest("http", "get") { Metadata = { ["path"] = $"{_path}/503" } }, Cancelled));
        Assert.Equal(StatusCode.Internal, ((RpcException)failure.InnerException!).StatusCode);
    }

    private RecordedCall Call() => fixture.Server.Calls.Single(call => call.Path.StartsWith($"/base/{_path}", StringComparison.Ordinal));
}
