namespace Argosy.Sidecar.Resources;

/// <summary>Collects everything that is wrong with a set of resources, so that all of it is reported at once.</summary>
internal sealed class ResourceErrors
{
    private readonly List<ResourceException> _all = [];

    public IReadOnlyList<ResourceException> All => _all;

    public void Add(SourceLocation location, string reason) => Add(new ResourceException(location, reason));

    public void Add(ResourceException error)
    {
        // Apps share resource folders; what is wrong there is wrong once.
        if (!_all.Exists(known => known.Message == error.Message))
            _all.Add(error);
    }

    /// <exception cref="InvalidResourcesException">There is at least one error.</exception>
    public void ThrowIfAny()
    {
        if (_all.Count > 0)
            throw new InvalidResourcesException([.. _all.OrderBy(error => error.Location.File, StringComparer.Ordinal).ThenBy(error => error.Location.Line)]);
    }
}

/// <summary>The resources cannot be used; the message has one line per reason.</summary>
internal sealed class InvalidResourcesException(IReadOnlyList<ResourceException> errors) : Exception(string.Join(Environment.NewLine, errors.Select(error => error.Message)))
{
    public IReadOnlyList<ResourceException> Errors { get; } = errors;
}
