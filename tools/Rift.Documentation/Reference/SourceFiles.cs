using System.Text.RegularExpressions;

namespace Rift.Documentation;

/// <summary>Where types are declared.</summary>
internal sealed class SourceFiles
{
    private readonly string _root;
    private readonly Dictionary<Type, string> _files = [];

    public SourceFiles(string root)
    {
        _root = root;
        foreach (var library in PublicApi.Assemblies)
        {
            string folder = Path.Combine(root, "src", library.GetName().Name!);
            (string Path, string Text)[] files = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)))];
            foreach (Type type in PublicApi.TypesOf(library))
            {
                string name = type.Name.Split('`')[0];
                Regex declaration = new($@"^\s*public [\w ]*\b(class|struct|record|interface|enum|delegate [\w<>]+) {name}\b", RegexOptions.Multiline);
                _files[type] = files.Where(file => declaration.IsMatch(file.Text)).OrderBy(file => Path.GetFileName(file.Path).Length).First().Path;
            }
        }
    }

    /// <summary>The file that declares a type, from the folder of its page.</summary>
    public string OfType(Type type) => $"../../../{Path.GetRelativePath(_root, _files[type]).Replace('\\', '/')}";

    /// <summary>The folder of that file within its library; empty where it lies in none.</summary>
    public string FolderOf(Type type)
    {
        string[] parts = Path.GetRelativePath(Path.Combine(_root, "src", type.Assembly.GetName().Name!), _files[type]).Split(Path.DirectorySeparatorChar);
        return parts.Length > 1 ? parts[0] : "";
    }
}
