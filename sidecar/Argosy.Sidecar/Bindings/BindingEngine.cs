using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary>Invokes the output bindings of one app.</summary>
internal sealed class BindingEngine(ComponentSet components)
{
    /// <returns>Null when the binding has nothing to answer.</returns>
    public async Task<BindingResponse?> InvokeAsync(string name, BindingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var binding = Find(name);
            if (request.Operation.Length == 0)
                throw new ArgumentException("operation field is missing from request");
            if (!binding.Operations.Contains(request.Operation))
                throw new ArgumentException($"binding {name} does not support operation {request.Operation}. supported operations:{string.Join(' ', binding.Operations)}");
            return await binding.InvokeAsync(request, cancellationToken);
        }
        catch (BindingFailedException failure)
        {
            throw new BindingFailedException(Message(name, failure), failure.Metadata);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new BindingFailedException(Message(name, failure), BindingResponse.NoMetadata);
        }
    }

    private IOutputBinding Find(string name)
    {
        var component = components.Of<IOutputBinding>().FirstOrDefault(candidate => candidate.Definition.Name == name);
        return component is not null && BindingDirection.From(component.Metadata).Output
            ? (IOutputBinding)component.Instance
            : throw new ArgumentException($"couldn't find output binding {name}");
    }

    private static string Message(string name, Exception failure) => $"error invoking output binding {name}: {failure.Message}";
}
