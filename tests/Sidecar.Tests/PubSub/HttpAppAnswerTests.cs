using System.Net;
using Argosy.Sidecar.PubSub.Subscriptions;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

public sealed class HttpAppAnswerTests
{
    [Theory]
    [InlineData(200, "", "Success")]
    [InlineData(204, "", "Success")]
    [InlineData(299, "", "Success")]
    [InlineData(200, "thanks", "Success")]
    [InlineData(200, "\"thanks\"", "Success")]
    [InlineData(200, "{}", "Success")]
    [InlineData(200, """{"status":7}""", "Success")]
    [InlineData(200, """{"status":""}""", "Success")]
    [InlineData(200, """{"status":"SUCCESS"}""", "Success")]
    [InlineData(200, """{"status":"RETRY"}""", "Retry")]
    [InlineData(200, """{"status":"LATER"}""", "Retry")]
    [InlineData(200, """{"status":"DROP"}""", "Drop")]
    [InlineData(302, "", "Retry")]
    [InlineData(400, """{"status":"DROP"}""", "Retry")]
    [InlineData(404, """{"status":"SUCCESS"}""", "Drop")]
    [InlineData(429, "", "Retry")]
    [InlineData(503, "", "Retry")]
    public async Task Read_StatusAndBody_GiveTheAnswer(int status, string body, string expected)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };

        var answer = await HttpAppAnswer.ReadAsync(response, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.ToString());
    }
}
