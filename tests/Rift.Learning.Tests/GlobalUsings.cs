global using NUnit.Framework;
global using Rift.Mdp;
global using Rift.Testing;
global using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;
