using System.Reflection;

namespace Argosy.Workflow.Tests.Surface;

/// <summary>The public members of an assembly, a line each, as application code can name them.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(IEnumerable<Type> types) => types.SelectMany(Of);

    private static IEnumerable<string> Of(Type type)
    {
        var name = FullName(type);
        yield return $"{Kind(type)} {name}";
        foreach (var constructor in type.GetConstructors(Declared))
            yield return $"{name}({Parameters(constructor)})";
        foreach (var property in type.GetProperties(Declared))
            yield return $"{name}.{property.Name} : {Name(property.PropertyType)} {{{(property.GetMethod is { IsPublic: true } ? " get;" : "")}{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}";
        foreach (var method in type.GetMethods(Declared).Where(method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
            yield return $"{name}.{method.Name}{Arguments(method.GetGenericArguments())}({Parameters(method)}) : {Name(method.ReturnType)}";
        foreach (var field in type.GetFields(Declared).Where(field => type.IsEnum && field.IsStatic))
            yield return $"{name}.{field.Name} = {Convert.ToInt32(field.GetRawConstantValue())}";
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : "class";

    private static string FullName(Type type) => (type.DeclaringType is { } outer ? FullName(outer) : type.Namespace) + "." + Simple(type) + Arguments(type.GetGenericArguments());

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsOut ? "out " : "") + Name(parameter.ParameterType) + " " + parameter.Name + (parameter.HasDefaultValue ? " = " + Default(parameter) : "")));

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        bool value => value ? "true" : "false",
        var value => value.ToString()!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        return Nullable.GetUnderlyingType(type) is { } inner ? Name(inner) + "?" : Simple(type) + Arguments(type.GetGenericArguments());
    }

    private static string Simple(Type type) => type.Name.Split('`')[0];

    private static string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
}
