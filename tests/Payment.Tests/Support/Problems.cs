using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Argosy.Payment.Tests.Support;

internal static class Problems
{
    /// <summary>Checks that an answer is the problem with that code, and returns it.</summary>
    public static async Task<JsonNode> IsProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.Equal($"/problems/{code}", problem["type"]!.GetValue<string>());
        return problem;
    }
}
