using System.Reflection;

namespace Rift.Documentation;

/// <summary>The names under which the compiler files the comments of types and members (C# standard, annex D.4).</summary>
internal static class CommentId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => $"T:{OfType(type)}",
        MethodBase method => $"M:{OfType(method.DeclaringType!)}.{method.Name.Replace('.', '#')}{Arity(method)}{Parameters(method.GetParameters())}{Conversion(method)}",
        PropertyInfo property => $"P:{OfType(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        FieldInfo field => $"F:{OfType(field.DeclaringType!)}.{field.Name}",
        EventInfo @event => $"E:{OfType(@event.DeclaringType!)}.{@event.Name}",
        _ => throw new NotSupportedException($"found {member}, expected a type or a member of one"),
    };

    private static string Arity(MethodBase method) => method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Parameters(ParameterInfo[] parameters) => parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => OfType(parameter.ParameterType)))})";

    private static string Conversion(MethodBase method) => method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion ? $"~{OfType(conversion.ReturnType)}" : "";

    private static string OfType(Type type)
    {
        if (type.IsByRef) return $"{OfType(type.GetElementType()!)}@";
        if (type.IsArray) return OfType(type.GetElementType()!) + (type.GetArrayRank() == 1 ? "[]" : $"[{string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank()))}]");
        if (type.IsPointer) return $"{OfType(type.GetElementType()!)}*";
        if (type.IsGenericParameter) return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        string scope = type.DeclaringType is { } outer ? OfType(outer) : type.Namespace!;
        return type.IsConstructedGenericType
            ? $"{scope}.{type.Name.Split('`')[0]}{{{string.Join(',', type.GenericTypeArguments.Select(OfType))}}}"
            : $"{scope}.{type.Name}";
    }
}
