using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Gateway.Tests.Hosting;

namespace Argosy.Gateway.Tests;

/// <summary>Requests as the tests write them.</summary>
internal static class GatewayRequests
{
    public static Task<HttpResponseMessage> SendAsync(this HttpClient http, string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return http.SendAsync(request);
    }

    public static async Task<Echo> EchoAsync(this HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<Echo>())!;
    }

    /// <summary>The code of a problem, after checking that it is a whole one.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>();
        var code = (string)problem!["code"]!;
        Assert.Equal($"/problems/{code}", (string)problem["type"]!);
        Assert.Equal(status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["traceId"]!);
        return code;
    }

    /// <summary>The guest cookie that an answer sets, null when it sets none.</summary>
    public static string? Cookie(this HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single().Split(';')[0] : null;
}
