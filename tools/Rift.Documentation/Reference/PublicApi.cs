using System.Reflection;
using System.Runtime.CompilerServices;
using Rift.Experiments;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;
using Rift.Theory;

namespace Rift.Documentation;

/// <summary>What users and deriving classes can name: the types of the libraries and their members, without what the compiler made.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The libraries, those that know the least first.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(SoftProblem).Assembly, typeof(WorldCatalog).Assembly, typeof(Identity).Assembly, typeof(Prior).Assembly, typeof(ExperimentSpecification).Assembly, typeof(Figure).Assembly];

    /// <summary>The public types of a library by name.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetExportedTypes().OrderBy(TypeText.Name, StringComparer.Ordinal);

    /// <summary>The members of a type that are public, or protected where one may derive: constructors, properties, methods and so on, each kind in the order of the source.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type) => typeof(Delegate).IsAssignableFrom(type) ? [] : type.GetMembers(Declared).Where(member => IsVisible(type, member) && IsWritten(member)).OrderBy(member => member.MetadataToken);

    /// <summary>The parameters of a method, a constructor, an indexer or a delegate.</summary>
    public static ParameterInfo[] ParametersOf(MemberInfo member) => member switch
    {
        MethodBase method => method.GetParameters(),
        PropertyInfo property => property.GetIndexParameters(),
        Type type when typeof(Delegate).IsAssignableFrom(type) => type.GetMethod("Invoke")!.GetParameters(),
        _ => [],
    };

    /// <summary>Whether a member is an operator, or says again what every object has: its declaration tells all there is.</summary>
    public static bool SpeaksForItself(MemberInfo member) => member is MethodInfo method && (method.Name.StartsWith("op_", StringComparison.Ordinal) || method.GetBaseDefinition().DeclaringType == typeof(object) || method.Name is "Equals" or "CompareTo");

    public static bool IsRecord(Type type) => type.GetMethod("<Clone>$", Declared) is not null || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is { } print && IsGenerated(print));

    private static bool IsVisible(Type type, MemberInfo member) => member switch
    {
        MethodBase method => IsVisible(type, method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => IsVisible(type, accessor)),
        EventInfo @event => IsVisible(type, @event.AddMethod!),
        FieldInfo field => field.IsPublic || (!type.IsSealed && (field.IsFamily || field.IsFamilyOrAssembly)),
        _ => false, // nested types have pages of their own
    };

    public static bool IsVisible(Type type, MethodBase method) => method.IsPublic || (!type.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly));

    private static bool IsWritten(MemberInfo member) => member switch
    {
        MethodInfo method => !IsGenerated(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.Name.Contains('<', StringComparison.Ordinal),
        FieldInfo field => !field.IsSpecialName,
        ConstructorInfo constructor => !constructor.IsStatic && !IsGenerated(constructor) && !(constructor.DeclaringType!.IsValueType && constructor.GetParameters().Length == 0) && !IsImplicit(constructor),
        PropertyInfo property => !IsGenerated(property) && property.Name != "EqualityContract",
        _ => true,
    };

    // A class without a constructor is given one without parameters: it is nobody's to document.
    private static bool IsImplicit(ConstructorInfo constructor) =>
        constructor.GetParameters().Length == 0 && constructor.DeclaringType!.GetConstructors(Declared).Count(c => !c.IsStatic && !IsGenerated(c)) == 1;

    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
}
