global using NUnit.Framework;
global using Rift.Testing;
