global using NUnit.Framework;
global using Rift.Mdp;
