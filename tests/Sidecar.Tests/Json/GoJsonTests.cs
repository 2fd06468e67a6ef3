using System.Text;
using System.Text.Json;
using Argosy.Sidecar.Json;
using Xunit;

namespace Argosy.Sidecar.Tests.Json;

public sealed class GoJsonTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": {"z":[true,false,null], "Y":""} }""", """{"a":{"Y":"","z":[true,false,null]},"b":1}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("\"<b>&\\u2028 \\u00fc\\/ \\\"\\\\ \\t\\n\\u0001\"", "\"\\u003cb\\u003e\\u0026\\u2028 ü/ \\\"\\\\ \\t\\n\\u0001\"")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("null", "null")]
    public void Serialize_Structure_IsGos(string json, string expected) => Assert.Equal(expected, Convert(json));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "-0")]
    [InlineData("1.0", "1")]
    [InlineData("12.50", "12.5")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e15", "1000000000000000")]
    [InlineData("123456789012345678901", "123456789012345680000")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("-1.25e300", "-1.25e+300")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000015", "0.0000015")]
    [InlineData("0.00000015", "1.5e-7")]
    [InlineData("1e-10", "1e-10")]
    public void Serialize_Number_IsADoubleInGosNotation(string json, string expected) => Assert.Equal(expected, Convert(json));

    [Fact]
    public void Serialize_NumberTooLarge_IsRefused() => Assert.Throws<JsonException>(() => Convert("1e400"));

    private static string Convert(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(GoJson.Serialize(document.RootElement));
    }
}
