using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rift.Documentation;

/// <summary>Types and members as they are declared.</summary>
internal static class Declaration
{
    private const int LongestLine = 120;

    private static readonly Dictionary<string, string> _operators = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_UnaryNegation"] = "-",
        ["op_UnaryPlus"] = "+",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_GreaterThan"] = ">",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_Increment"] = "++",
        ["op_Decrement"] = "--",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
    };

    public static string Of(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return WithParameters($"public delegate {TypeText.Of(invoke.ReturnParameter)} {TypeText.Name(type)}", invoke.GetParameters());
        }

        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : (type.IsValueType, PublicApi.IsRecord(type)) switch { (true, true) => "record struct", (true, false) => "struct", (false, true) => "record", _ => "class" };
        string modifiers = type switch
        {
            { IsEnum: true } or { IsInterface: true } => "",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly " : "",
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        IEnumerable<Type> bases = type.BaseType is { } above && above != typeof(object) && above != typeof(ValueType) && above != typeof(Enum) ? [above] : [];
        if (!type.IsEnum) bases = bases.Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(contract => !(PublicApi.IsRecord(type) && IsEquatable(contract))).OrderBy(TypeText.Of, StringComparer.Ordinal));
        string inherited = string.Join(", ", bases.Select(TypeText.Of));
        return $"public {modifiers}{kind} {TypeText.Name(type)}{(inherited.Length > 0 ? $" : {inherited}" : "")}";
    }

    public static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => WithParameters($"{Access(constructor)} {constructor.DeclaringType!.Name.Split('`')[0]}", constructor.GetParameters()),
        MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion =>
            WithParameters($"public static {(conversion.Name == "op_Implicit" ? "implicit" : "explicit")} operator {TypeText.Of(conversion.ReturnParameter)}", conversion.GetParameters()),
        MethodInfo method when method.Name.StartsWith("op_", StringComparison.Ordinal) =>
            WithParameters($"public static {TypeText.Of(method.ReturnParameter)} operator {_operators[method.Name]}", method.GetParameters()),
        MethodInfo method => WithParameters($"{Access(method)} {Modifiers(method)}{Reference(method.ReturnParameter)}{TypeText.Of(method.ReturnParameter)} {method.Name}{TypeParameters(method)}", method.GetParameters(), method.IsDefined(typeof(ExtensionAttribute), inherit: false)),
        PropertyInfo property => Property(property),
        FieldInfo { IsLiteral: true } constant => $"public const {TypeText.Of(constant)} {constant.Name} = {Literal(constant.GetRawConstantValue(), constant.FieldType)}",
        FieldInfo field => $"{(field.IsPublic ? "public" : "protected")} {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeText.Of(field)} {field.Name}",
        EventInfo @event => $"public event {TypeText.Of(@event.EventHandlerType!)} {@event.Name}",
        _ => throw new NotSupportedException($"found {member}, expected a member of a type"),
    };

    private static string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetMethod ?? property.SetMethod!;
        string name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        string required = property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "RequiredMemberAttribute") ? "required " : "";
        string set = property.SetMethod is { } setter && PublicApi.IsVisible(property.DeclaringType!, setter) ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; " : "";
        return $"{Access(first)} {required}{Modifiers(first)}{Reference(first.ReturnParameter)}{TypeText.Of(property)} {name} {{ {(property.GetMethod is not null ? "get; " : "")}{set}}}";
    }

    private static string WithParameters(string head, ParameterInfo[] parameters, bool extends = false)
    {
        string[] written = [.. parameters.Select(Parameter)];
        if (extends) written[0] = $"this {written[0]}";
        string line = $"{head}({string.Join(", ", written)})";
        return line.Length <= LongestLine ? line : $"{head}(\n    {string.Join(",\n    ", written)})";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string prefix = parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) || parameter.IsDefined(typeof(ParamCollectionAttribute), inherit: false) ? "params " : "";
        string fallback = parameter.HasDefaultValue ? $" = {Literal(parameter.DefaultValue, parameter.ParameterType)}" : "";
        return $"{prefix}{Reference(parameter)}{TypeText.Of(parameter)} {parameter.Name}{fallback}";
    }

    private static string Reference(ParameterInfo parameter) => !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn || parameter.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "in " : "ref ";

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true } when method.GetBaseDefinition() != method => method.IsFinal ? "sealed override " : "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string TypeParameters(MethodInfo method) => method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        Enum choice => $"{choice.GetType().Name}.{choice}",
        int number when type.IsEnum => $"{TypeText.Name(type)}.{Enum.GetName(type, number)}",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static bool IsEquatable(Type contract) => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEquatable<>);
}
