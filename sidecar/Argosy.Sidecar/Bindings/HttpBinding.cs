using System.Globalization;
using System.Net.Http.Headers;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary><c>bindings.http</c>: a call to a fixed address.</summary>
internal sealed class HttpBinding(HttpBindingOptions options) : IOutputBinding, IDisposable
{
    private const string Json = "application/json; charset=utf-8";

    private readonly HttpClient _client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null, UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90) })
    {
        Timeout = options.ResponseTimeout,
    };

    public IReadOnlyList<string> Operations { get; } = ["create", "get", "head", "post", "put", "patch", "delete", "options", "trace"];

    public async Task<BindingResponse?> InvokeAsync(BindingRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(Method(request.Operation), Address(request.Metadata));
        if (message.Method == HttpMethod.Post || message.Method == HttpMethod.Put || message.Method == HttpMethod.Patch)
            message.Content = new ReadOnlyMemoryContent(request.Data) { Headers = { ContentType = MediaTypeHeaderValue.Parse(Json) } };
        AddHeaders(message, request.Metadata);

        using var answer = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        var metadata = Metadata(answer);
        var body = await ReadAsync(answer, cancellationToken);
        var errorIfNot2XX = request.Metadata.TryGetValue("errorIfNot2XX", out var wish) ? ComponentMetadata.IsTruthy(wish) : options.ErrorIfNot2XX;
        return errorIfNot2XX && !answer.IsSuccessStatusCode
            ? throw new BindingFailedException($"received status code {(int)answer.StatusCode}", metadata)
            : new BindingResponse(body, metadata);
    }

    public void Dispose() => _client.Dispose();

    private static HttpMethod Method(string operation) => operation == "create" ? HttpMethod.Post : HttpMethod.Parse(operation.ToUpperInvariant());

    private Uri Address(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("path", out var path))
            return options.Url;
        // No way out of the path that the component names.
        if (path.Contains("..", StringComparison.Ordinal))
            throw new ArgumentException($"invalid path: {path}");
        return new Uri($"{options.Url.OriginalString.TrimEnd('/')}/{path.TrimStart('/')}");
    }

    /// <summary>Metadata whose name starts with a capital letter is a header; so is the trace context.</summary>
    private void AddHeaders(HttpRequestMessage message, IReadOnlyDictionary<string, string> metadata)
    {
        if (options.SecurityTokenHeader is { } tokenHeader)
            message.Headers.TryAddWithoutValidation(tokenHeader, options.SecurityToken);
        message.Headers.TryAddWithoutValidation("Accept", metadata.GetValueOrDefault("Accept", Json));
        foreach (var (name, value) in metadata)
        {
            var isHeader = name.Length > 0 && (char.IsUpper(name[0]) || name is "traceparent" or "tracestate");
            if (!isHeader || name == "Accept" || name.Equals(options.SecurityTokenHeader, StringComparison.OrdinalIgnoreCase))
                continue;
            // What the request's own headers refuse belongs to the content, such as Content-Type.
            if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private static Dictionary<string, string> Metadata(HttpResponseMessage answer)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["statusCode"] = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture),
            ["status"] = $"{(int)answer.StatusCode} {answer.ReasonPhrase}",
        };
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            metadata[name] = string.Join(", ", values);
        return metadata;
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (body.Length < options.LargestBody)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, options.LargestBody - body.Length)), cancellationToken);
            if (read == 0)
                break;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }
}
