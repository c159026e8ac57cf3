using Rift.Documentation;

// dotnet run -c Release --project tools/Rift.Documentation [FOLDER]: writes the pages that follow from the code into docs/ of the repository in FOLDER (default: the working directory).
string root = Path.GetFullPath(args.Length > 0 ? args[0] : ".");
if (!File.Exists(Path.Combine(root, "RiftTabular.sln")))
{
    Console.Error.WriteLine($"found no RiftTabular.sln in {root}, expected the repository's folder");
    return 2;
}

IReadOnlyDictionary<string, string> pages = Pages.All(root);
string reference = Path.Combine(root, "docs", "api");
if (Directory.Exists(reference))
    foreach (string page in Directory.EnumerateFiles(reference, "*.md", SearchOption.AllDirectories))
        if (!pages.ContainsKey(Path.GetRelativePath(Path.Combine(root, "docs"), page).Replace('\\', '/'))) File.Delete(page);

int changed = 0;
foreach ((string path, string text) in pages)
{
    string file = Path.Combine(root, "docs", path);
    if (File.Exists(file) && File.ReadAllText(file) == text) continue;
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text);
    changed++;
}

Console.WriteLine($"{pages.Count} pages, {changed} of them written");
return 0;
