using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rift.Documentation;

/// <summary>Types as they are written in C#: keywords, arrays, tuples with their names, and question marks where null is allowed.</summary>
internal static class TypeText
{
    private static readonly NullabilityInfoContext _nullability = new();

    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>The name of a type itself, with those of the types around it: <c>Ledger.Row</c>, <c>Vector&lt;T&gt;</c>.</summary>
    public static string Name(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        string name = type.Name.Split('`')[0];
        if (type.IsGenericType) name += $"<{string.Join(", ", type.GetGenericArguments().Select(argument => argument.Name))}>";
        return type.DeclaringType is { } outer ? $"{Name(outer)}.{name}" : name;
    }

    public static string Of(ParameterInfo parameter) => Write(parameter.ParameterType, _nullability.Create(parameter), TupleNames(parameter));

    public static string Of(PropertyInfo property) => Write(property.PropertyType, _nullability.Create(property), TupleNames(property));

    public static string Of(FieldInfo field) => Write(field.FieldType, _nullability.Create(field), TupleNames(field));

    /// <summary>A type of which only the type is known.</summary>
    public static string Of(Type type) => Write(type, null, new Queue<string?>());

    private static string Write(Type type, NullabilityInfo? nullability, Queue<string?> names)
    {
        if (type.IsByRef) return Write(type.GetElementType()!, nullability, names);
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Write(underlying, null, names) + "?";
        string question = nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (type.IsArray)
        {
            string element = Write(type.GetElementType()!, nullability?.ElementType, names), rank = $"[{new string(',', type.GetArrayRank() - 1)}]";
            return element + rank + question;
        }

        if (_keywords.TryGetValue(type, out string? keyword)) return keyword + question;
        if (!type.IsConstructedGenericType) return Name(type) + question;
        Type[] arguments = type.GenericTypeArguments;
        NullabilityInfo[]? states = nullability?.GenericTypeArguments is { } known && known.Length == arguments.Length ? known : null;
        if (type.IsAssignableTo(typeof(ITuple)))
        {
            string?[] own = [.. arguments.Select(_ => names.Count > 0 ? names.Dequeue() : null)];
            return $"({string.Join(", ", arguments.Select((argument, i) => Write(argument, states?[i], names) + (own[i] is { } name ? $" {name}" : "")))}){question}";
        }

        StringBuilder text = new(type.Name.Split('`')[0]);
        text.Append('<').AppendJoin(", ", arguments.Select((argument, i) => Write(argument, states?[i], names))).Append('>');
        return text + question;
    }

    private static Queue<string?> TupleNames(ICustomAttributeProvider of) =>
        new(of.GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false).Cast<TupleElementNamesAttribute>().SelectMany(attribute => attribute.TransformNames));
}
